import { colyseus } from './colyseus.ts';
import type { Dialect } from './dialect.ts';
import { floor } from './floor.ts';
import { original } from './original.ts';
import { overcookied } from './overcookied.ts';
import { socketio } from './socketio.ts';

export type DialectName = 'overcookied' | 'floor' | 'original' | 'socketio' | 'colyseus';

export const dialects: Record<DialectName, Dialect> = { overcookied, floor, original, socketio, colyseus };
