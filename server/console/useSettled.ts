import { useEffect, useState } from 'react';

/** The value once it has not changed for a while: each key that is typed does not ask the server. */
export function useSettled<Value>(value: Value, delay = 400): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}
