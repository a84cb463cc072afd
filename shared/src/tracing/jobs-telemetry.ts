/** Spans of BullMQ's jobs. Loaded only where traces are on. */
import {
  type Attributes,
  type Context,
  context,
  ROOT_CONTEXT,
  SpanKind,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { Telemetry } from 'bullmq';
import { readTraceparent, writeTraceparent } from './traceparent.ts';

type JobSpan = ReturnType<Telemetry<Context>['tracer']['startSpan']>;

/** BullMQ numbers kinds as OpenTelemetry does; of adding a job and of doing it. */
const kinds = new Map<number, { kind: SpanKind; type: string }>([
  [SpanKind.PRODUCER, { kind: SpanKind.PRODUCER, type: 'send' }],
  [SpanKind.CONSUMER, { kind: SpanKind.CONSUMER, type: 'process' }],
]);

/** What BullMQ says of a job, by the names that OpenTelemetry has for messages. */
const names: Record<string, string> = {
  'bullmq.job.id': 'messaging.message.id',
  'bullmq.job.name': 'overcookied.job',
};

/**
 * Tells of jobs that are added and done for somebody whose way is traced, and of nothing else. `bullmq-otel` was the
 * alternative: it makes a span of every look at an empty queue and of every reminder, each a trace of its own, and
 * knows no names of OpenTelemetry's for messages.
 */
export function telemetryOfJobs(tracer: Tracer): Telemetry<Context> {
  return {
    tracer: {
      startSpan: (name, options, parent = context.active()) => {
        const kind = kinds.get(options?.kind ?? SpanKind.INTERNAL);
        if (!kind || !trace.getSpanContext(parent)) return silent;
        // As in "add wake.remind" and "process wake".
        const [operation = '', destination = ''] = name.split(' ');
        const [queue = ''] = destination.split('.');
        const attributes = {
          'messaging.system': 'bullmq',
          'messaging.destination.name': queue,
          'messaging.operation.name': operation,
          'messaging.operation.type': kind.type,
        };
        const span = tracer.startSpan(`${operation} ${queue}`, { kind: kind.kind, attributes }, parent);
        const say = (said: Attributes) => {
          for (const [each, value] of Object.entries(said)) {
            const known = names[each];
            if (known && value !== undefined) span.setAttribute(known, value);
          }
        };
        return {
          setSpanOnContext: (on) => trace.setSpan(on, span),
          setAttribute: (each, value) => say({ [each]: value }),
          setAttributes: say,
          addEvent: () => {},
          recordException: (exception) => span.recordException(exception as Error),
          end: () => span.end(),
        };
      },
    },
    contextManager: {
      with: (on, work) => context.with(on, work),
      active: () => context.active(),
      root: () => ROOT_CONTEXT,
      getMetadata: (of) => writeTraceparent(of) ?? '',
      fromMetadata: (_active, traceparent) => readTraceparent(traceparent) ?? ROOT_CONTEXT,
    },
  };
}

/** Of what nobody follows. */
const silent: JobSpan = {
  setSpanOnContext: (on) => on,
  setAttribute: () => {},
  setAttributes: () => {},
  addEvent: () => {},
  recordException: () => {},
  end: () => {},
};
