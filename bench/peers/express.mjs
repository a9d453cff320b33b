// Bare Express: reads JSON, answers JSON, and checks, keeps and logs nothing. What Express can do at all.
import express from 'express';

const app = express();
app.use(express.json());
app.post('/backend/:appId/auth/:backendEnvironmentName', ({ params }, response) => {
  response.json({
    ...params,
    jobId: '01890a5d-ac96-774b-bcce-b302099a8057',
    operation: 'UpdateBackendAuth',
    status: 'RUNNING',
  });
});
app.get('/backend/:appId/job/:backendEnvironmentName/:jobId', ({ params }, response) => {
  const times = { createTime: '1730000000000', updateTime: '1730000000001' };
  response.json({ ...params, operation: 'UpdateBackendAuth', status: 'COMPLETED', ...times });
});
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
