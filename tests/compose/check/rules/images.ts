import { isService } from '../../../../k8s/check/services.ts';
import { composeFile, type Sources } from '../sources.ts';

/** Each container runs what it is named after, and what others made is of one version for everybody. */
export function images(sources: Sources): string[] {
  const { services } = composeFile(sources['compose.yaml']);
  return Object.entries(services).flatMap(([name, { image = '', build }]) => {
    const [repository = '', tag = ''] = image.split(':');
    const where = `compose.yaml: ${name}:`;
    if (!build) {
      return tag && tag !== 'latest'
        ? []
        : [`${where} ${image} is another image every day: give it a version`];
    }
    const built = build.args?.SERVICE ?? '';
    return [
      ...(repository === `overcookied/${built}`
        ? []
        : [`${where} builds ${built} and calls it ${repository}`]),
      ...(!isService(name) || built === name ? [] : [`${where} builds ${built}`]),
    ];
  });
}
