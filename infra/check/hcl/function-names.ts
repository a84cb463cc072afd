import type { Type } from './type.ts';

const text: Type = 'string';
const texts: Type = { listOf: 'string' };

/** All of Terraform 1.11's functions, and what they return where that does not depend on what they are given. */
export const functionTypes: Record<string, Type> = {
  ...named('number', 'abs ceil floor length log max min parseint pow signum sum tonumber index'),
  ...named(
    'bool',
    'alltrue anytrue can contains endswith issensitive startswith strcontains fileexists tobool',
  ),
  ...named(text, 'abspath base64decode base64encode base64gzip base64sha256 base64sha512 basename bcrypt'),
  ...named(text, 'chomp cidrhost cidrnetmask cidrsubnet dirname file filebase64 filebase64sha256'),
  ...named(text, 'filebase64sha512 filemd5 filesha1 filesha256 filesha512 format formatdate indent join'),
  ...named(text, 'jsonencode lower md5 pathexpand replace rsadecrypt sha1 sha256 sha512 strrev substr'),
  ...named(text, 'templatefile templatestring textdecodebase64 textencodebase64 timeadd timestamp'),
  ...named(
    text,
    'plantimestamp title tostring trim trimprefix trimspace trimsuffix type upper urlencode uuid',
  ),
  ...named(text, 'uuidv5 yamlencode'),
  ...named(texts, 'cidrsubnets fileset formatlist keys split'),
  ...named(
    'any',
    'chunklist coalesce coalescelist compact concat csvdecode distinct element ephemeralasnull',
  ),
  ...named('any', 'flatten jsondecode lookup matchkeys merge nonsensitive one range regex regexall reverse'),
  ...named(
    'any',
    'sensitive setintersection setproduct setsubtract setunion slice sort timecmp tolist tomap',
  ),
  ...named('any', 'toset transpose try values yamldecode zipmap'),
};

function named(type: Type, names: string): Record<string, Type> {
  return Object.fromEntries(names.split(' ').map((name) => [name, type]));
}

/** Those that return a list of what is in their first argument. */
export const sameElements = new Set([
  'compact',
  'concat',
  'distinct',
  'reverse',
  'slice',
  'sort',
  'tolist',
  'toset',
  'values',
]);
