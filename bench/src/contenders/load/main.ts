/** The process that makes the load, so that it shares no event loop with whoever measures. */
import { Crowd } from './crowd.ts';
import type { Answer, Order } from './load.ts';

let crowd: Crowd | undefined;

async function obey(order: Order): Promise<unknown> {
  if (order.what === 'open') {
    crowd = await Crowd.open(order.options);
    return undefined;
  }
  if (!crowd) throw new Error('there are no players yet');
  if (order.what === 'begin') return crowd.begin();
  if (order.what === 'play') return crowd.play(order.options);
  if (order.what === 'scores') return crowd.scores();
  await crowd.close();
  crowd = undefined;
  return undefined;
}

// Without it the process would end while it has no players.
process.channel?.ref();
process.on('message', (order: Order) => {
  obey(order).then(
    (result) => process.send?.({ result } satisfies Answer),
    (error: Error) => process.send?.({ error: error.message } satisfies Answer),
  );
});
