import { z } from 'zod';
import { HOST_BODY_LIMIT_IN_BYTES } from '../../../build/settingsDocuments.ts';
import { deployedBy, PARAMETER_SETS } from './deployment.ts';

const workspaceShape = z.object({ workspaceCapping: z.object({ dailyQuotaGb: z.int().min(1) }) });

describe.each(PARAMETER_SETS)('what %s deploys', (set) => {
  const deployed = deployedBy(set);

  test('reads no body that is much longer than the app takes', () => {
    expect(deployed.appSettings().get('FUNCTIONS_REQUEST_BODY_SIZE_LIMIT')).toBe(
      String(HOST_BODY_LIMIT_IN_BYTES),
    );
  });

  test('takes so much telemetry in a day and no more', () => {
    const { workspaceCapping } = deployed.only('Microsoft.OperationalInsights/workspaces', workspaceShape);

    expect(workspaceCapping.dailyQuotaGb).toBe(1);
  });
});
