// The bundle's entry: each import registers its function. What is heavy is loaded at the first call.
import './continueRun.ts';
import './drain.ts';
import './health.ts';
import './healthDetails.ts';
import './pause.ts';
import './plan.ts';
import './report.ts';
import './reports.ts';
import './resume.ts';
import './run.ts';
import './runStatus.ts';
import './tick.ts';
import './tickNow.ts';
import './webhook.ts';
import './windows.ts';
import './work.ts';
import './workPoison.ts';
