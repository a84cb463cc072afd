/** Where a trace is, as it travels between processes. Loaded only where traces are on. */
import {
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import type { Traceparent } from './tracing.ts';

// Not the one that `OTEL_PROPAGATORS` chooses, which is for headers of others: our services have one way among themselves.
const propagator = new W3CTraceContextPropagator();

/** @returns undefined when nothing is traced there */
export function writeTraceparent(context: Context): Traceparent | undefined {
  const carrier: { traceparent?: Traceparent } = {};
  propagator.inject(context, carrier, defaultTextMapSetter);
  return carrier.traceparent;
}

/** @returns the context of whatever goes on there, and of nothing else; undefined for what is none */
export function readTraceparent(traceparent: Traceparent | undefined): Context | undefined {
  const context = propagator.extract(ROOT_CONTEXT, { traceparent }, defaultTextMapGetter);
  return trace.getSpanContext(context) && context;
}
