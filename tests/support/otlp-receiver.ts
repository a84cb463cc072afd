import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A span as OTLP has it in JSON, with what is nested made flat. */
export interface Span {
  /** `service.name` of the process. */
  service: string;
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId: string;
  /** In µs since 1970. */
  startedAt: number;
  endedAt: number;
  attributes: Record<string, string>;
  links: { traceId: string; spanId: string }[];
  /** 2 for an error. */
  status: number;
}

interface Attribute {
  key: string;
  value: { stringValue?: string };
}

interface Export {
  resourceSpans: {
    resource: { attributes: Attribute[] };
    scopeSpans: {
      spans: (Omit<Span, 'attributes' | 'links' | 'status'> & {
        attributes?: Attribute[];
        links?: Span['links'];
        status?: { code?: number };
        startTimeUnixNano: string;
        endTimeUnixNano: string;
      })[];
    }[];
  }[];
}

/** What collects traces, as far as it takes them by HTTP in JSON. */
export interface OtlpReceiver {
  url: string;
  spans: Span[];
  /** The types of all bodies that came. */
  contentTypes: Set<string>;
  stop(): Promise<void>;
}

const flat = (attributes: Attribute[] = []) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue ?? '']));

function spansOf({ resourceSpans }: Export): Span[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ attributes, links = [], status, startTimeUnixNano, endTimeUnixNano, ...span }) => ({
        ...span,
        parentSpanId: span.parentSpanId ?? '',
        service: flat(resource.attributes)['service.name'] ?? '',
        attributes: flat(attributes),
        links: links.map(({ traceId, spanId }) => ({ traceId, spanId })),
        status: status?.code ?? 0,
        startedAt: Number(BigInt(startTimeUnixNano) / 1_000n),
        endedAt: Number(BigInt(endTimeUnixNano) / 1_000n),
      })),
    ),
  );
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: Span[] = [];
  const contentTypes = new Set<string>();
  const server = createServer(async (request, response) => {
    const type = request.headers['content-type'] ?? '';
    const body = await text(request);
    contentTypes.add(type);
    if (request.url === '/v1/traces' && type === 'application/json') spans.push(...spansOf(JSON.parse(body)));
    response.setHeader('content-type', type).end(type === 'application/json' ? '{}' : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    contentTypes,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
