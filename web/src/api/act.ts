// Acts of a page: run, say so, and let every list that may have changed load again.
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { tell, tellFailure } from "@/parts/notify";

interface Options<Input, Output> {
  /** Said at the corner when it worked. */
  done?: string | ((output: Output, input: Input) => string);
  undo?: (output: Output, input: Input) => void;
  /** First words of the query keys that load again. */
  refresh?: string[];
  onSuccess?: (output: Output, input: Input) => void;
  /** The page shows the refusal itself. */
  quiet?: boolean;
}

export function useAct<Input, Output>(run: (input: Input) => Promise<Output>, options: Options<Input, Output> = {}) {
  const queries = useQueryClient();
  return useMutation<Output, unknown, Input>({
    mutationFn: run,
    onSuccess: (output, input) => {
      for (const key of options.refresh ?? []) void queries.invalidateQueries({ queryKey: [key] });
      const message = typeof options.done === "function" ? options.done(output, input) : options.done;
      const undo = options.undo;
      if (message) tell(message, undo ? () => undo(output, input) : undefined);
      options.onSuccess?.(output, input);
    },
    onError: (error) => {
      if (!options.quiet) tellFailure(error);
    },
  });
}
