# The server as an image. One stage builds, the other only runs: no compiler, no sources, no root, nothing to write.
#
#   docker build -t neuron-playground .
#   docker run -p 8000:8000 --read-only neuron-playground

FROM python:3.13-slim AS build
WORKDIR /src
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
# What builds is pinned, too; older pips read the first name for that, newer ones the second.
ENV PIP_CONSTRAINT=/src/constraints.txt PIP_BUILD_CONSTRAINT=/src/constraints.txt

# What the project stands on changes seldom and is most of the image: it gets layers of its own, here and below.
COPY pyproject.toml constraints.txt ./
RUN python -c "import tomllib; project = tomllib.load(open('pyproject.toml', 'rb'))['project']; \
print(*project['dependencies'], *project['optional-dependencies']['forest'], sep='\n')" \
      > requirements.txt \
 && pip install --prefix=/install/requirements --requirement requirements.txt

# The page's scripts and styles are built by esbuild and terser, with a Node that is there only while the wheel is made (hatch_build.py).
COPY README.md LICENSE hatch_build.py package.json package-lock.json ./
COPY assets assets
COPY nncore nncore
COPY app app
COPY templates templates
COPY static static
RUN pip wheel --no-deps --wheel-dir /wheel . \
 && pip install --no-deps --prefix=/install/project /wheel/*.whl


FROM python:3.13-slim
# Nothing is written at run time, so the file system may be read-only. Logs come out as they happen.
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
COPY --from=build /install/requirements /usr/local
COPY --from=build /install/project /usr/local

# A number, so that an orchestrator can see that it is not root without reading /etc/passwd.
USER 10001:10001
WORKDIR /
EXPOSE 8000
# http.client and not urllib, which would ask a proxy that the environment names.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["python", "-c", "\
import http.client, os, sys; \
server = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('NEURON_PLAYGROUND_PORT', 8000)), timeout=4); \
server.request('GET', '/healthz'); \
sys.exit(server.getresponse().status != 200)"]
ENTRYPOINT ["neuron-playground"]
CMD ["serve", "--host", "0.0.0.0"]
