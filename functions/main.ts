// The bundle's entry: each import registers its functions. What is heavy is loaded at the first call.
import './http.ts';
import './tick.ts';
import './work.ts';
import './workPoison.ts';
