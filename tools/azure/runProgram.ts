import { spawn } from 'node:child_process';

/** How a program of this machine ended. */
export type ProgramEnd =
  | { readonly kind: 'ended'; readonly exitCode: number; readonly stdout: string; readonly stderr: string }
  /** There is no such program here. */
  | { readonly kind: 'missing' };

/** Runs a program to its end. Its parameters may hold no blanks and no quotes: on Windows `az` and `azd` are batch files. */
export type RunProgram = (program: string, parameters: readonly string[]) => Promise<ProgramEnd>;

const SAFE_PARAMETER = /^[\w@%+=:,./\\~[\]-]+$/;

/** Runs a program with this environment. @throws Error for a parameter that a shell could read otherwise. */
export function programRunner(env: NodeJS.ProcessEnv): RunProgram {
  return (program, parameters) => {
    const unsafe = parameters.find((parameter) => !SAFE_PARAMETER.test(parameter));
    if (unsafe !== undefined) {
      throw new Error(`a parameter of ${program} holds what a shell may read otherwise: ${unsafe}`);
    }
    const isWindows = process.platform === 'win32';
    const line = [program, ...parameters].join(' ');
    const child = isWindows ? spawn(line, { env, shell: true }) : spawn(program, [...parameters], { env });
    return new Promise((resolve, reject) => {
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ENOENT' ? resolve({ kind: 'missing' }) : reject(error),
      );
      child.on('close', (exitCode) =>
        // What cmd.exe ends with where it finds no such program.
        resolve(
          isWindows && exitCode === 9009
            ? { kind: 'missing' }
            : { kind: 'ended', exitCode: exitCode ?? 1, stdout, stderr },
        ),
      );
    });
  };
}
