/**
 * The catalog's own words in Simplified Chinese: labels and sentences of entries, fields and knobs.
 *
 * An entry that has no line here is shown in the catalog's English, so a new neuron needs no change of the page.
 */

/** @import { Table } from "../types.d.ts" */

/** @type {Table} */
export const entries = {
  "neurons.linear": "线性",
  "neurons.square": "平方",
  "neurons.quadratic": "二次",
  "neurons.polynomial": "多项式",
  "activations.identity": "恒等",
  "activations.step": "阶跃",
  "activations.leaky_relu": "带泄漏 ReLU",
  "losses.cross_entropy": "交叉熵",
  "losses.mse": "平方误差",
  "optimizers.sgd": "梯度下降",
  "optimizers.momentum": "动量",
  "datasets.xor": "异或",
  "datasets.xor_points": "异或四点",
  "datasets.circles": "圆与环",
  "datasets.spirals": "螺旋",
  "datasets.gaussians": "高斯云",
  "datasets.moons": "双月",
  "datasets.plane": "斜面",
  "fields.data.count": "点数",
  "fields.data.noise": "噪声",
  "fields.data.train_share": "训练占比",
  "fields.batch": "批大小",
  "fields.seeds.data": "数据种子",
  "fields.seeds.run": "训练种子",
  "knobs.learning_rate": "学习率",
  "knobs.momentum": "动量",
  "knobs.degree": "次数",
  "knobs.lower": "低次项",
  "knobs.slope": "斜率",
  "knobs.arms": "臂数",
  "knobs.blobs": "云数",
  "knobs.spread": "散布",
};
