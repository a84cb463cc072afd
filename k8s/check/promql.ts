import { parser } from '@prometheus-io/lezer-promql';

/** What a query asks for. */
export interface Query {
  /** Names of the metrics in it. */
  metrics: string[];
  /** Where it is no PromQL: the text around the mistake. */
  mistake?: string;
}

export function readQuery(text: string): Query {
  const metrics = new Set<string>();
  let mistake: string | undefined;
  parser.parse(text).iterate({
    enter: ({ type, from, to, node }) => {
      if (type.isError) mistake ??= text.slice(Math.max(0, from - 20), to + 20).trim();
      else if (type.name === 'Identifier' && node.parent?.type.name === 'VectorSelector') {
        metrics.add(text.slice(from, to));
      }
    },
  });
  return { metrics: [...metrics], ...(mistake !== undefined && { mistake }) };
}
