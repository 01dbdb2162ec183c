import './style/tokens.css';
import './style/page.css';
import './style/parts.css';
import './style/timeline.css';
import { render } from 'preact';
import { readSignIn } from './session/session.ts';
import { App } from './views/App.tsx';

render(<App signIn={readSignIn(document.body)} />, document.body);
