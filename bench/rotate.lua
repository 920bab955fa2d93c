-- Sends the requests of a file in turn, one path a line, and tells the results as JSON.
-- Arguments: the file of paths, the method, and the file of the body (for POST).

local requests, at = {}, 0

function init(args)
  local method, body = args[2] or "GET", nil
  if args[3] then
    local file = io.open(args[3], "rb")
    body = file:read("*a")
    file:close()
  end
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format(method, path, nil, body)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests": %d, "microseconds": %d, "failed": %d, "p50": %d, "p99": %d}\n',
    summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.timeout + errors.status,
    latency:percentile(50), latency:percentile(99)))
end
