// node:http alone: reads the body, parses it, answers JSON. What Node can do at all.
import { createServer } from 'node:http';

const server = createServer((request, response) => {
  let text = '';
  request.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  request.on('end', () => {
    JSON.parse(text);
    const [, , appId, , backendEnvironmentName] = request.url.split('/');
    const jobId = '01890a5d-ac96-774b-bcce-b302099a8057';
    const answer = { appId, backendEnvironmentName, jobId, operation: 'UpdateBackendAuth', status: 'RUNNING' };
    const body = JSON.stringify(answer);
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) });
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
