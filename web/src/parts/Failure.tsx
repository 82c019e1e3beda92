// What went wrong, in place, with what to do.
import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { asApiError } from "@/api/errors";

export function Failure({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  if (!error) return null;
  const problem = asApiError(error);
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={problem.title} role="alert">
      <Stack gap="xs" align="flex-start">
        {problem.detail && <Text size="sm">{problem.detail}</Text>}
        {problem.hint && <Text size="sm">{problem.hint}</Text>}
        {onRetry && (
          <Button size="compact-sm" variant="default" onClick={onRetry}>
            {t("retry")}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}
