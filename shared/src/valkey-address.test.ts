import { expect, test } from 'vitest';
import { parseValkeyUrl, valkeyAddress } from './valkey-address.ts';

test('reads the address of one node', () => {
  expect(parseValkeyUrl('valkeys://ada:p%2Cw@cache.example.org:6380/2')).toEqual({
    nodes: [{ host: 'cache.example.org', port: 6380 }],
    isCluster: false,
    tls: true,
    username: 'ada',
    password: 'p,w',
    db: 2,
  });
  expect(parseValkeyUrl('redis://[::1]')).toMatchObject({ nodes: [{ host: '::1', port: 6379 }], tls: false });
});

test('reads a comma list as a cluster, whose later nodes need not repeat scheme, user and password', () => {
  const nodes = [
    { host: 'a', port: 7001 },
    { host: 'b', port: 7002 },
    { host: 'c', port: 6379 },
  ];
  for (const url of [
    'valkey://me:secret@a:7001,b:7002,c',
    'valkey://me:secret@a:7001, valkey://b:7002, valkey://me:secret@c',
  ]) {
    expect(parseValkeyUrl(url)).toMatchObject({ nodes, isCluster: true, username: 'me', password: 'secret' });
  }
});

test('reads ?cluster after a single name as a cluster', () => {
  expect(parseValkeyUrl('valkeys://clustercfg.example.org:6379?cluster')).toMatchObject({
    nodes: [{ host: 'clustercfg.example.org', port: 6379 }],
    isCluster: true,
  });
});

test('shows an address without user and password', () => {
  expect(valkeyAddress('rediss://ada:secret@a:7001,b')).toBe('valkeys://a:7001,b:6379');
  expect(valkeyAddress('valkey://:secret@a?cluster')).toBe('valkey://a:6379?cluster');
  expect(valkeyAddress('valkey://a/3')).toBe('valkey://a:6379/3');
});

test.each([
  ['localhost:6379', 'must look like valkey://'],
  ['http://localhost', 'must look like valkey://'],
  ['valkey://', 'must look like valkey://'],
  ['valkey://a,', 'must look like valkey://'],
  ['valkey://a/one', 'number of a database'],
  ['valkey://a:1/1,b:2', 'a cluster has but one'],
  ['valkey://a:1,valkeys://b:2', 'the same scheme'],
  ['valkey://me:x@a:1,me:y@b:2', 'same scheme, user and password'],
  ['valkey://a?family=6', 'unknown option "family"'],
])('says what is wrong with %s', (url, words) => {
  expect(() => parseValkeyUrl(url)).toThrow(words);
});
