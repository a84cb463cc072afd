import { connect } from 'node:net';

const timeoutMs = 1_000;

/**
 * Asks whether the Valkey with this process id serves on a port of 127.0.0.1. The id matters: while ours is
 * still failing to bind, another program's server may answer on the port.
 *
 * @returns false as well while it still loads its data
 */
export function answersAs(pid: number, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').setTimeout(timeoutMs, () => socket.destroy());
    // Refused, reset or silent: all mean "not yet", and whoever asks gives up in the end.
    socket.on('error', () => socket.destroy());
    socket.on('close', () =>
      resolve(answer.includes('+PONG\r\n') && answer.includes(`process_id:${pid}\r\n`)),
    );
    socket.on('data', (text) => {
      answer += text;
    });
    // Valkey closes the connection after QUIT, when all has been answered.
    socket.write('INFO server\r\nPING\r\nQUIT\r\n');
  });
}
