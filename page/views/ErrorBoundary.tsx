import { Component, type ComponentChildren } from 'preact';

/** Says so where the page meets what it does not understand, for example an answer of another version. */
export class ErrorBoundary extends Component<
  { readonly children: ComponentChildren },
  { readonly isBroken: boolean }
> {
  override state = { isBroken: false };

  static override getDerivedStateFromError() {
    return { isBroken: true };
  }

  override render({ children }: { readonly children: ComponentChildren }) {
    return this.state.isBroken ? (
      <main class="center">
        <h1>This page met something that it does not understand.</h1>
        <p>Perhaps the app was upgraded meanwhile. Nothing was done.</p>
        <button type="button" class="primary" onClick={() => window.location.reload()}>
          Load it again
        </button>
      </main>
    ) : (
      children
    );
  }
}
