import { container, type Mistake, onContainer } from './mistake.ts';

export const identity: Mistake[] = [
  [
    "another service's image",
    'eks',
    'Deployment/matchmaker',
    (manifest) => {
      container(manifest).image = container(manifest).image.replace('/matchmaker:', '/game-ticker:');
    },
    `Deployment/matchmaker: ${onContainer}.image: must be the image of matchmaker, and is that of game-ticker`,
  ],
  [
    'the image of a branch',
    'eks',
    'Deployment/matchmaker',
    (manifest) => {
      container(manifest).image = container(manifest).image.replace(/:\w+$/, ':main');
    },
    `Deployment/matchmaker: ${onContainer}.image: must be of a git revision, and is of main`,
  ],
  [
    "another service's account",
    'eks',
    'Deployment/matchmaker',
    (manifest) => {
      manifest.spec.template.spec.serviceAccountName = 'gateway';
    },
    'Deployment/matchmaker: spec.template.spec.serviceAccountName: must be the ServiceAccount of matchmaker, and is that of gateway',
  ],
  [
    "another service's secret",
    'eks',
    'Deployment/matchmaker',
    (manifest) => {
      container(manifest).envFrom[1].secretRef.name = 'game-ticker';
    },
    `Deployment/matchmaker: ${onContainer}.envFrom[1].secretRef.name: must be the Secret of matchmaker, and is that of game-ticker`,
  ],
];
