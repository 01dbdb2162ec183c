/** What keeps a command of ours from going on; the message is a whole sentence for people. */
export class ToolFault extends Error {
  override readonly name = 'ToolFault';
}
