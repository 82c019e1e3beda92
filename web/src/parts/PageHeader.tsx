// A page's heading: where one is, its name, what can be done. Sets the window's title too.
import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { IconChevronLeft } from "@tabler/icons-react";
import { type ReactNode, useEffect } from "react";
import { Link } from "react-router-dom";

interface Props {
  title: string;
  badge?: ReactNode;
  text?: ReactNode;
  back?: { to: string; label: string };
  children?: ReactNode;
}

export function PageHeader({ title, badge, text, back, children }: Props) {
  useEffect(() => {
    document.title = title ? `${title} · Probity` : "Probity";
  }, [title]);
  return (
    <Group justify="space-between" align="flex-start" mb="lg" gap="sm">
      <Stack gap={4} miw={0} flex="1 1 280px">
        {back && (
          <Anchor component={Link} to={back.to} size="sm" c="dimmed">
            <Group gap={2} component="span">
              <IconChevronLeft size={14} aria-hidden />
              {back.label}
            </Group>
          </Anchor>
        )}
        <Group gap="sm">
          <Title order={1} style={{ overflowWrap: "anywhere" }}>
            {title}
          </Title>
          {badge}
        </Group>
        {text && (
          <Text c="dimmed" size="sm" maw={720}>
            {text}
          </Text>
        )}
      </Stack>
      {children && <Group gap="xs">{children}</Group>}
    </Group>
  );
}
