import { refusal } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { datasetsOf, wireDataset } from './datasets.ts';
import { type Operation, queryParameter } from './operationCall.ts';
import { page } from './page.ts';

/** `GET /ScheduledDataset?datasetName=`. Source: "Get all datasets API". */
export const getDatasets: Operation = (call) => {
  const { family } = call.surface;
  const name = queryParameter(call, 'datasetName')?.toLowerCase();
  const items = datasetsOf(family)
    .filter((dataset) => name === undefined || dataset.name.toLowerCase() === name)
    .map((dataset) => wireDataset(dataset, family));
  return items.length === 0
    ? refusal(404, messages.nothingFound)
    : page(call, '/ScheduledDataset', items, messages.datasetsFetched);
};
