/** All that an image is made of. Which of them an environment runs is said in its overlay. */
export const serviceNames = ['game-ticker', 'gateway', 'matchmaker', 'practice'] as const;

export type ServiceName = (typeof serviceNames)[number];
