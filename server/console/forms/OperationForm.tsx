export default function OperationForm(_props: {
  document: unknown;
  operationId: string;
  call: unknown;
  initial?: object;
  onInput?: (input: never) => void;
}) {
  return null;
}
