import { build, type InlineConfig, type Rolldown } from 'vite';

/** Pages in one folder, and the address that they are served at. */
export interface Pages {
  readonly root: string;
  readonly base: string;
  /** HTML files and scripts. @default index.html */
  readonly input?: readonly string[];
}

/** Bundles pages in memory. Their policy allows nothing inline: no data: fonts or images, no polyfill in the page. */
export async function bundled({ root, base, input }: Pages): Promise<Rolldown.RolldownOutput['output']> {
  const config: InlineConfig = {
    configFile: false,
    root,
    base,
    logLevel: 'warn',
    build: {
      write: false,
      assetsInlineLimit: 0,
      modulePreload: false,
      sourcemap: false,
      rolldownOptions: {
        ...(input && { input: [...input] }),
        // `use client` is for servers that render React; there is none here.
        onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
      },
    },
  };
  // Vite takes NODE_ENV for how to build, and it need not be so for who has it built, such as a test.
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = 'production';
  try {
    return ((await build(config)) as Rolldown.RolldownOutput).output;
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = NODE_ENV;
  }
}
