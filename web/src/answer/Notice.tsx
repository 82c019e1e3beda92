// A page that says one thing.
import { Card, Stack, Text } from "@mantine/core";
import { IconMailOpened } from "@tabler/icons-react";

export function Notice({ text }: { text: string }) {
  return (
    <Card withBorder padding="xl" radius="lg" maw={440} mx="auto">
      <Stack align="center" ta="center">
        <IconMailOpened size={32} aria-hidden />
        <Text component="h1" size="lg" fw={600}>{text}</Text>
      </Stack>
    </Card>
  );
}
