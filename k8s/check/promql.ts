import { parser } from '@prometheus-io/lezer-promql';

/** What a query asks for. */
export interface Query {
  /** Names of the metrics in it. */
  metrics: string[];
  /** The labels by which it chooses among a metric's time series, with the value where only one will do. */
  matchers: { metric: string; label: string; value?: string }[];
  /** The labels by which it puts time series together. */
  groupings: string[];
  /** Where it is no PromQL: the text around the mistake. */
  mistake?: string;
}

export function readQuery(text: string): Query {
  const metrics = new Set<string>();
  const matchers: Query['matchers'] = [];
  const groupings = new Set<string>();
  let mistake: string | undefined;
  const words = (node: { from: number; to: number } | null | undefined) =>
    node ? text.slice(node.from, node.to) : '';
  parser.parse(text).iterate({
    enter: ({ type, from, to, node }) => {
      if (type.isError) mistake ??= text.slice(Math.max(0, from - 20), to + 20).trim();
      else if (type.name === 'Identifier' && node.parent?.type.name === 'VectorSelector') {
        metrics.add(words(node));
      } else if (type.name === 'UnquotedLabelMatcher') {
        const value = words(node.getChild('StringLiteral')).slice(1, -1);
        matchers.push({
          metric: words(node.parent?.parent?.getChild('Identifier')),
          label: words(node.getChild('LabelName')),
          ...(node.getChild('MatchOp')?.getChild('EqlSingle') && { value }),
        });
      } else if (type.name === 'LabelName' && node.parent?.type.name === 'GroupingLabels') {
        groupings.add(words(node));
      }
    },
  });
  return {
    metrics: [...metrics],
    matchers,
    groupings: [...groupings],
    ...(mistake !== undefined && { mistake }),
  };
}
