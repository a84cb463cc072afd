import { expect, test } from 'vitest';
import { asksForTraces, beginSpan, traced } from './tracing.ts';

test.each([
  [{}, false],
  [{ OTEL_SERVICE_NAME: 'gateway' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' }, true],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces' }, true],
  [{ OTEL_TRACES_EXPORTER: 'console' }, true],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_TRACES_EXPORTER: 'none' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_SDK_DISABLED: 'True' }, false],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_SDK_DISABLED: 'false' }, true],
])('of %o it is known whether traces are asked for', (env, isAsked) => {
  expect(asksForTraces(env)).toBe(isAsked);
});

test('without traces the work is done all the same, and nothing travels on', async () => {
  const step = { name: 'JOIN_QUEUE', isFirst: true };
  expect(await traced(step, async ({ traceparent }) => [7, traceparent])).toEqual([7, undefined]);
  await expect(traced(step, () => Promise.reject(new Error('in vain')))).rejects.toThrow('in vain');
  const span = beginSpan(step);
  expect(span.during(() => 8)).toBe(8);
  span.end();
});
