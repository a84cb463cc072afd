import { commonConfig } from '@overcookied/shared/config.ts';
import * as z from 'zod/mini';

/** The matchmaker's environment. */
export const MatchmakerConfig = z.object(commonConfig(8081));
