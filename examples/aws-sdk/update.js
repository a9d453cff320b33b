import {
  AmplifyBackendClient,
  GetBackendAuthCommand,
  GetBackendJobCommand,
  UpdateBackendAuthCommand,
} from '@aws-sdk/client-amplifybackend';

const {
  AWS_ENDPOINT_URL: endpoint = 'http://127.0.0.1:3000',
  AWS_ACCESS_KEY_ID: accessKeyId = 'any',
  AWS_SECRET_ACCESS_KEY: secretAccessKey = 'any',
} = process.env;
const client = new AmplifyBackendClient({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId, secretAccessKey },
});

// What `--demo` makes.
const place = { AppId: 'd1a2b3c4d5e6f7', BackendEnvironmentName: 'staging' };
const ResourceName = 'shopauth';

const { JobId } = await client.send(
  new UpdateBackendAuthCommand({
    ...place,
    ResourceName,
    ResourceConfig: {
      AuthResources: 'USER_POOL_ONLY',
      Service: 'COGNITO',
      UserPoolConfigs: { PasswordPolicy: { MinimumLength: 12 } },
    },
  }),
);
console.log(`Job ${JobId} has started.`);

let job;
do {
  await new Promise((resolve) => setTimeout(resolve, 100));
  job = await client.send(new GetBackendJobCommand({ ...place, JobId }));
} while (job.Status === 'RUNNING');
console.log(`It is ${job.Status}.`);

const { ResourceConfig } = await client.send(new GetBackendAuthCommand({ ...place, ResourceName }));
console.log(`Passwords have at least ${ResourceConfig?.UserPoolConfigs?.PasswordPolicy?.MinimumLength} characters.`);
