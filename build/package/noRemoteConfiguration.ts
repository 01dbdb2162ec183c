import type { Plugin } from 'esbuild';

/**
 * The Azure Monitor exporters ask Microsoft by the hour for settings of their own and have no switch against it: this leaves
 * out what asks. What is set here is all there is, and the app speaks to no host that its settings do not name.
 */
export const noRemoteConfiguration: Plugin = {
  name: 'no-remote-configuration',
  setup: ({ onLoad }) => {
    onLoad({ filter: /monitor-opentelemetry-exporter[\\/].*[\\/]configurationWorker\.js$/ }, () => ({
      contents: 'export class ConfigurationWorker { shutdown() {} }',
    }));
  },
};
