// What the tests have beyond a page: Node, whose own names go unchecked, and what dom.js adds to an element.

declare module "node:assert/strict";
declare module "node:fs";
declare module "node:test";
declare module "node:url";
declare module "node:zlib";

declare const Buffer: any;
declare function setImmediate(then: (value?: unknown) => void): void;

interface HTMLElement {
  fire(type: string, event?: object): void;
  select(): void;
}
