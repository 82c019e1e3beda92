// Short messages at the corner: what was done (with a way back where there is one), and what did not work.
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import i18next from "i18next";
import { asApiError } from "@/api/errors";

export function tell(message: string, undo?: () => void): void {
  const id = `tell-${Math.round(performance.now() * 1000)}`;
  const takeBack = () => {
    notifications.hide(id);
    undo?.();
  };
  notifications.show({
    id,
    color: "teal",
    autoClose: undo ? 10_000 : 4_000,
    message: undo ? (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{message}</Text>
        <Button size="compact-sm" variant="default" onClick={takeBack}>
          {i18next.t("undo", { ns: "common" })}
        </Button>
      </Group>
    ) : (
      message
    ),
  });
}

export function tellFailure(error: unknown): void {
  const problem = asApiError(error);
  const lines = [problem.detail, problem.hint].filter((line) => line !== "" && line !== problem.title);
  // What was wrong and what to do are two sentences, in the text's own colour: beside a title a message would be too pale.
  const message = lines.map((line) => (
    <Text key={line} size="sm" c="var(--mantine-color-text)">
      {line}
    </Text>
  ));
  notifications.show({ color: "red", title: problem.title, message, autoClose: 9_000 });
}
