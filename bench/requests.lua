-- wrk's side of load.ts: wrk -s requests.lua URL -- METHOD PATH BODY APPS OFFSET [NAME VALUE]…
local method, path, body, apps, n
local headers = {}

function init(args)
  method, path, body, apps, n = args[1], args[2], args[3], tonumber(args[4]), tonumber(args[5])
  if body == '' then body = nil end
  for i = 6, #args, 2 do headers[args[i]] = args[i + 1] end
  if not path:find('{', 1, true) then
    local fixed = wrk.format(method, path, headers, body)
    request = function() return fixed end
  end
end

function request()
  local app, environment = n % apps, math.floor(n / apps)
  n = n + 1
  return wrk.format(method, (path:gsub('{app}', app):gsub('{environment}', environment)), headers, body)
end

function done(summary)
  local errors = summary.errors
  local bad = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  io.write(string.format('count %d bad %d microseconds %d\n', summary.requests, bad, summary.duration))
end
