import { commonConfig } from '@overcookied/shared/config.ts';
import * as z from 'zod/mini';

/** The game-ticker's environment. */
export const GameTickerConfig = z.object(commonConfig(8082));
