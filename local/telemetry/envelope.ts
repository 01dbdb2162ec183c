import { z } from 'zod';

/**
 * The envelopes of Application Insights as its ingestion takes them. Sources: the schemas of the Application Insights
 * endpoint protocol (lengths per field) and Microsoft Learn, "Azure Monitor service limits" (64 KB per item, names of
 * properties up to 150, values up to 8192 characters).
 */
const properties = z.record(z.string().min(1).max(150), z.string().max(8192)).default({});
const measurements = z.record(z.string().min(1).max(150), z.number()).default({});
const version = z.literal(2);
/** `D.HH:MM:SS.fffffff`, the days left out where there are none. */
const timeSpan = z.string().regex(/^(?:\d+\.)?\d{2}:\d{2}:\d{2}\.\d{1,7}$/);

const eventData = z.looseObject({ ver: version, name: z.string().min(1).max(512), properties, measurements });

const dependencyData = z.looseObject({
  ver: version,
  id: z.string().min(1).max(512),
  name: z.string().min(1).max(1024),
  resultCode: z.string().max(1024),
  duration: timeSpan,
  success: z.boolean(),
  data: z.string().max(8192).optional(),
  target: z.string().max(1024).optional(),
  type: z.string().max(1024),
  properties,
  measurements,
});

const requestData = z.looseObject({
  ver: version,
  id: z.string().min(1).max(512),
  name: z.string().max(1024),
  responseCode: z.string().max(1024),
  duration: timeSpan,
  success: z.boolean(),
  properties,
  measurements,
});

const metricData = z.looseObject({
  ver: version,
  metrics: z
    .array(
      z.looseObject({
        name: z.string().min(1).max(1024),
        value: z.number(),
        count: z.number().optional(),
        min: z.number().optional(),
        max: z.number().optional(),
      }),
    )
    .length(1),
  properties,
});

const messageData = z.looseObject({
  ver: version,
  message: z.string().min(1).max(32_768),
  properties,
});

const tags = z.record(z.string(), z.string().max(1024)).default({});

const data = z.discriminatedUnion('baseType', [
  z.object({ baseType: z.literal('EventData'), baseData: eventData }),
  z.object({ baseType: z.literal('RemoteDependencyData'), baseData: dependencyData }),
  z.object({ baseType: z.literal('RequestData'), baseData: requestData }),
  z.object({ baseType: z.literal('MetricData'), baseData: metricData }),
  z.object({ baseType: z.literal('MessageData'), baseData: messageData }),
]);

/** One item of telemetry. */
export const envelopeSchema = z.looseObject({
  ver: z.literal(1),
  name: z.string().min(1).max(1024),
  time: z.iso.datetime({ offset: true }),
  iKey: z.guid(),
  sampleRate: z.number().gt(0).max(100).optional(),
  tags,
  data,
});

/** An item that was taken. */
export type Envelope = z.output<typeof envelopeSchema>;
