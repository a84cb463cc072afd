/**
 * Traces of how players come into their matches, by OpenTelemetry: from `JOIN_QUEUE` over BullMQ and the matchmaker to
 * `GAME_START`. What is traced calls `traced` and `beginSpan`, which do nothing else than the work itself unless the
 * environment asks for traces: then OpenTelemetry is loaded, and nobody else pays for it.
 *
 * A trace is the process', as OpenTelemetry has it: a span that is begun within another becomes its child, without being
 * handed through every call in between.
 */
import type { Telemetry } from 'bullmq';
import type { Logger } from '../log.ts';
import { within } from '../within.ts';

/** Where a trace is, as it travels with a ticket, a job or a notice: W3C Trace Context's `traceparent`. */
export type Traceparent = string;

/** What a span says of one step on a player's way. */
export interface Step {
  /** One of a few: what is particular to this one goes into the attributes. */
  name: string;
  kind?: 'internal' | 'server' | 'producer' | 'consumer';
  /**
   * Where the trace was left off in another process; if that is given as undefined, the step is in no trace. Without it
   * the step belongs to what runs now.
   */
  from?: Traceparent | undefined;
  /** Whether a trace begins with it, if nothing that runs now is traced. Of what is in no trace there is no span. */
  isFirst?: boolean;
  /** Traces of others that it has to do with. */
  links?: (Traceparent | undefined)[];
  room?: string;
  player?: string;
  attributes?: Record<string, string>;
}

/** A step that is under way. */
export interface OpenSpan {
  /** For the next step, elsewhere; undefined for a step that is in no trace. */
  readonly traceparent: Traceparent | undefined;
  /** Does some of the step's work: spans that are begun meanwhile are its children. */
  during<T>(work: () => T): T;
  /** @param error why the step was in vain, if it was */
  end(error?: Error): void;
}

/** What there is only while traces are on. */
export interface Tracer {
  /** For BullMQ's queues and workers. */
  readonly jobs: Telemetry;
  begin(step: Step): OpenSpan;
  /** Hands on what is left to be exported. */
  stop(): Promise<void>;
}

/** So long a service that stops waits for its last spans to be exported, in ms. */
const flushMs = 2_000;

/** Of a step that is in no trace. */
export const noSpan: OpenSpan = { traceparent: undefined, during: (work) => work(), end: () => {} };

let tracer: Tracer | undefined;

/** Whether the environment asks for traces, by OpenTelemetry's own variables. Empty ones count as absent. */
export function asksForTraces(env: NodeJS.ProcessEnv): boolean {
  if (env.OTEL_SDK_DISABLED?.toLowerCase() === 'true') return false;
  // OpenTelemetry's default would be to export to this machine: whoever has no collector would be told of errors.
  if (env.OTEL_TRACES_EXPORTER) return env.OTEL_TRACES_EXPORTER !== 'none';
  return Boolean(env.OTEL_EXPORTER_OTLP_ENDPOINT || env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
}

/** Turns traces on, if the environment asks for them. Queues and workers are to be made after this. */
export async function startTracing(service: string, log: Logger): Promise<void> {
  if (!asksForTraces(process.env)) return;
  const { openTelemetry } = await import('./open-telemetry.ts');
  tracer = openTelemetry(service, log);
}

/** Exports what is left, for two seconds at most: a collector that is away must not keep a service from ending. */
export async function stopTracing(): Promise<void> {
  await within(flushMs, () => tracer?.stop()).catch(() => {});
  tracer = undefined;
}

/** For BullMQ, so that a job goes on with the trace of whoever asked for it. */
export const jobsTelemetry = (): Telemetry | undefined => tracer?.jobs;

/** A step that is ended by its owner. */
export function beginSpan(step: Step): OpenSpan {
  const isNowhere = 'from' in step && step.from === undefined;
  return isNowhere ? noSpan : (tracer?.begin(step) ?? noSpan);
}

/** Does a step's work. @param work is told of its span */
export async function traced<T>(step: Step, work: (span: OpenSpan) => Promise<T>): Promise<T> {
  const span = beginSpan(step);
  try {
    const result = await span.during(() => work(span));
    span.end();
    return result;
  } catch (error) {
    span.end(error as Error);
    throw error;
  }
}
