# syntax=docker/dockerfile:1

FROM node:22-bookworm-slim AS node

FROM rust:1.95-bookworm AS build
# The web build takes its optimiser, style bundler, font and icons from npm.
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
    && rustup target add wasm32-unknown-unknown
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/root/.cache/spilno \
    --mount=type=cache,target=/src/target \
    cargo xtask build --release \
    && install target/release/spilno /usr/local/bin/spilno

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /data --create-home spilno
COPY --from=build /usr/local/bin/spilno /usr/local/bin/spilno
USER spilno
WORKDIR /data
VOLUME /data
ENV SPILNO_LISTEN=0.0.0.0:8080 SPILNO_DATA_DIR=/data
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["curl", "--fail", "--silent", "--output", "/dev/null", "http://127.0.0.1:8080/healthz"]
ENTRYPOINT ["spilno"]
CMD ["serve"]
