/** Traces by OpenTelemetry's SDK. Loaded only where the environment asks for them. */
import {
  type Context,
  context,
  DiagLogLevel,
  diag,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { Logger } from '../log.ts';
import { telemetryOfJobs } from './jobs-telemetry.ts';
import { readTraceparent, writeTraceparent } from './traceparent.ts';
import { noSpan, type OpenSpan, type Step, type Tracer } from './tracing.ts';

/** That spans cannot be exported is told once in so many ms: each batch of them fails. */
const troubleEveryMs = 60_000;

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/**
 * Starts OpenTelemetry, which reads its own environment: sampler, exporter, protocol, sizes of its queue.
 *
 * @param service names the process unless `OTEL_SERVICE_NAME` does
 */
export function openTelemetry(service: string, log: Logger): Tracer {
  const isNamed =
    process.env.OTEL_SERVICE_NAME || process.env.OTEL_RESOURCE_ATTRIBUTES?.includes('service.name=');
  const sdk = new NodeSDK({
    ...(!isNamed && { serviceName: `overcookied-${service}` }),
    // Prometheus and the log have theirs.
    metricReaders: [],
    logRecordProcessors: [],
  });
  tellTroubles(log);
  sdk.start();
  const tracer = trace.getTracer('overcookied');
  const jobs = telemetryOfJobs(tracer);

  const begin = (step: Step): OpenSpan => {
    const { parent, cause } = placeOf(step);
    if (!step.isFirst && !trace.getSpanContext(parent)) return noSpan;
    const linked = [...(step.links ?? []).map(readTraceparent), cause].map(
      (each) => each && trace.getSpanContext(each),
    );
    const options = {
      kind: kinds[step.kind ?? 'internal'],
      attributes: attributesOf(step),
      links: linked.filter((each) => each !== undefined).map((each) => ({ context: each })),
    };
    return spanWithin(tracer.startSpan(step.name, options, parent), parent);
  };
  return { jobs, begin, stop: () => sdk.shutdown() };
}

/**
 * Where a step belongs: behind what runs now if that is of the same trace, for instance the job that the player's join
 * has made; else where the trace was left off, with what runs now as a cause beside it.
 */
function placeOf({ from, isFirst }: Step): { parent: Context; cause?: Context } {
  const now = context.active();
  if (isFirst || from === undefined) return { parent: now };
  const left = readTraceparent(from);
  if (!left) return { parent: ROOT_CONTEXT };
  if (traceIdOf(left) === traceIdOf(now)) return { parent: now };
  return { parent: left, cause: now };
}

const traceIdOf = (of: Context) => trace.getSpanContext(of)?.traceId;

function spanWithin(span: Span, parent: Context): OpenSpan {
  const inside = trace.setSpan(parent, span);
  return {
    traceparent: writeTraceparent(inside),
    during: (work) => context.with(inside, work),
    end: (error) => {
      if (error) {
        span.recordException(error);
        span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
      }
      span.end();
    },
  };
}

const attributesOf = ({ room, player, attributes }: Step) => ({
  ...(room !== undefined && { 'overcookied.room': room }),
  ...(player !== undefined && { 'overcookied.player': player }),
  ...attributes,
});

/** The SDK tells its troubles to the console otherwise, or to nobody. */
function tellTroubles(log: Logger): void {
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = (reason: string) => {
    const now = performance.now();
    if (now - toldAt < troubleEveryMs) return;
    toldAt = now;
    log.warn({ reason: reason.slice(0, 300) }, 'traces are not exported as asked for');
  };
  const quiet = () => {};
  diag.setLogger(
    { error: tell, warn: tell, info: quiet, debug: quiet, verbose: quiet },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
}
