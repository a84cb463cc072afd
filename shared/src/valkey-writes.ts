import type { Redis } from 'ioredis';

/**
 * Holds back what is written to a node until the turn of the event loop is over, so that all calls of a turn share one
 * write. ioredis' own auto-pipelining would do so as well, for twice the processor time; and on a cluster it hands MOVED
 * and ASK to the callers as soon as one call of a batch has succeeded: a resharding would fail calls of every match.
 */
export function writeOncePerTurn(node: Redis): void {
  const send = node.sendCommand.bind(node);
  let isHeld = false;
  node.sendCommand = (command, stream) => {
    const { stream: socket } = node;
    // A sample of the clock that waits for others would be off by half of the wait.
    if (socket && !isHeld && command.name !== 'time') {
      isHeld = true;
      socket.cork();
      setImmediate(() => {
        isHeld = false;
        socket.uncork();
      });
    }
    // On Bun, whose channels do not say whether anybody listens, ioredis would describe each call to nobody.
    command.isTraced = true;
    return send(command, stream);
  };
}
