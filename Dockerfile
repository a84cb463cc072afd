# The image of any of the services:
#   docker build --build-arg SERVICE=gateway -t overcookied/gateway .
#
# SERVICE   gateway, matchmaker, game-ticker or practice
# RUNTIME   node or bun
# REVISION  of the source, for the label
#
# The image has the runtime, the libraries that it is linked to, an init, and the service with its production
# dependencies: no shell, no package manager, nobody else's code. It runs as a user without rights, writes nothing, and
# takes SIGTERM. docs/compose.md says how to look into it all the same.
ARG NODE_IMAGE=node:24-bookworm-slim
ARG RUNTIME=node
ARG SERVICE

FROM ${NODE_IMAGE} AS node
WORKDIR /app

# Packages are installed anew when a package.json or the lockfile has changed, and not with every line of code.
FROM node AS sources
COPY . .
RUN mkdir /manifests && find . -name 'package*.json' -exec cp --parents {} /manifests ';'

# Without what is optional: TypeScript, to which a package of the gateway's adapts, and a binary by which msgpackr reads
# long texts faster, while BullMQ only writes short ones by it.
FROM node AS dependencies
ARG SERVICE
COPY --from=sources /manifests .
RUN --mount=type=cache,target=/root/.npm \
    npm ci --no-audit --no-fund --ignore-scripts --omit=dev --omit=optional --workspace "@overcookied/${SERVICE}"

# npm has linked the workspaces that the service depends on; the others are left behind, and so is what only editors and
# debuggers read, which is more than a third of the packages.
FROM sources AS program
COPY --from=dependencies /app .
RUN mkdir /program && cp -a node_modules /program \
 && for link in node_modules/@overcookied/*; do \
      workspace=$(realpath --relative-to=. "$link"); \
      for part in package.json src node_modules; do \
        if [ -e "$workspace/$part" ]; then cp -a --parents "$workspace/$part" /program; fi; \
      done; \
    done \
 && find /program -path '*/node_modules/*' -type f \
      '(' -name '*.map' -o -name '*.d.ts' -o -name '*.d.cts' -o -name '*.d.mts' ')' -delete

# The page, and what hot-reload development of it runs on.
FROM node AS web
COPY --from=sources /manifests .
RUN --mount=type=cache,target=/root/.npm npm ci --no-audit --no-fund --ignore-scripts
COPY tsconfig.json .
COPY client client
COPY shared shared
COPY services/gateway/web services/gateway/web
RUN npx vite build services/gateway/web

# Pinned by exact version; npm's registry never serves another content for it.
FROM node AS bun
WORKDIR /bun
RUN --mount=type=cache,target=/root/.npm npm install --no-audit --no-fund --ignore-scripts bun@1.4.5 \
 && cp node_modules/@oven/bun-linux-*/bin/bun /usr/local/bin/bun && bun --version

# Debian's own packages with their records, by which scanners know what is to be updated. Their versions are not pinned,
# since a rebuild is to bring the security fixes. libatomic1 is wanted by Node on some processors.
FROM node AS system
WORKDIR /packages
RUN apt-get update && apt-get download base-files libatomic1 libc6 libgcc-s1 libstdc++6 tini \
 && mkdir -p /system/var/lib/dpkg/status.d \
 && for package in *.deb; do \
      dpkg-deb --extract "$package" /system \
   && dpkg-deb --field "$package" > "/system/var/lib/dpkg/status.d/${package%%_*}" || exit 1; \
    done \
 && rm -rf /system/usr/share/man /system/usr/share/lintian \
 && echo 'overcookied:x:65532:65532::/app:/usr/sbin/nologin' > /system/etc/passwd \
 && echo 'overcookied:x:65532:' > /system/etc/group

FROM scratch AS base
COPY --from=system /system /
ENV PATH=/usr/local/bin:/usr/bin NODE_ENV=production
USER 65532:65532
ENTRYPOINT ["tini", "--", "node", "--max-semi-space-size=16"]
CMD ["src/main.ts"]

FROM base AS runtime-node
COPY --from=node /usr/local/bin/node /usr/local/bin/node

# Under Node's name Bun takes Node's arguments, and leaves out those that it does not know.
FROM base AS runtime-bun
COPY --from=bun /usr/local/bin/bun /usr/local/bin/node
ENV BUN_RUNTIME_TRANSPILER_CACHE_PATH=0

FROM runtime-${RUNTIME} AS service
ARG SERVICE
COPY --from=program /program /app
WORKDIR /app/services/${SERVICE}
# Only whether the event loop turns: with Valkey out, whoever restarts what is unhealthy would cut off every player.
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1))"]

FROM service AS service-gateway
COPY --from=web /app/services/gateway/web/dist /app/services/gateway/web/dist
ENV PORT=8080
EXPOSE 8080

FROM service AS service-matchmaker
ENV PORT=8081
EXPOSE 8081

FROM service AS service-game-ticker
ENV PORT=8082
EXPOSE 8082

FROM service AS service-practice
ENV PORT=8083
EXPOSE 8083

FROM service-${SERVICE}
ARG SERVICE
ARG REVISION
# It must run at all: a library that is missing would be noticed here and not in production.
RUN ["node", "-e", "0"]
# For /ops.
ENV REVISION=${REVISION}
LABEL org.opencontainers.image.title="overcookied/${SERVICE}" \
      org.opencontainers.image.description="Overcookied: two players, one cookie, sixty seconds" \
      org.opencontainers.image.revision="${REVISION}"
