import { productionSbom } from './sbom.ts';

/** npm run sbom */
process.stdout.write(productionSbom());
