// The cases of each state side by side. Cards move by what is done in the case, not by dragging: a decision takes two.
import { Anchor, Card, Group, ScrollArea, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router-dom";
import { api, body, type Schemas } from "@/api/client";
import { Failure } from "@/parts/Failure";
import { StateBadge } from "@/parts/States";
import { count } from "@/parts/times";
import classes from "./cases.module.css";
import { Due } from "./CasesPage";

export function Board({ kind }: { kind: string }) {
  const { t } = useTranslation("cases");
  const board = useQuery({
    queryKey: ["cases", "board", kind],
    queryFn: ({ signal }) => body(api.GET("/cases/board", { signal, params: { query: kind ? { kind } : {} } })),
  });
  if (board.error) return <Failure error={board.error} onRetry={() => void board.refetch()} />;
  if (!board.data) return <Skeleton h={320} />;
  return (
    <ScrollArea type="auto" offsetScrollbars viewportProps={{ tabIndex: 0, role: "region", "aria-label": t("board") }}>
      <div className={classes.board}>
        {board.data.columns.map((column) => (
          <Column key={column.state} column={column} />
        ))}
      </div>
    </ScrollArea>
  );
}

function Column({ column }: { column: Schemas["CaseBoard"]["columns"][number] }) {
  const { t } = useTranslation("cases");
  const { t: named } = useTranslation("states");
  const more = column.total - column.items.length;
  return (
    <section className={classes.column} aria-label={named(`case.${column.state}`)}>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="sm">
          {named(`case.${column.state}`)}
        </Title>
        <Text size="xs" c="dimmed" className="figures">
          {count(column.total)}
        </Text>
      </Group>
      <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: "none" }}>
        {column.items.map((row) => (
          <Tile key={row.id} row={row} />
        ))}
      </Stack>
      {column.items.length === 0 && (
        <Text size="xs" c="dimmed">
          {t("noneHere")}
        </Text>
      )}
      {more > 0 && (
        <Anchor component={Link} to={`/cases?state=${column.state}`} size="xs" mt="xs">
          {t("moreInColumn", { count: more })}
        </Anchor>
      )}
    </section>
  );
}

function Tile({ row }: { row: Schemas["CaseRow"] }) {
  const { t } = useTranslation("cases");
  return (
    <Card component="li" padding="sm" className={classes.tile}>
      <Stack gap={6}>
        <Group justify="space-between" gap={6} wrap="nowrap">
          <Text size="xs" c="dimmed" className="figures">
            {row.number}
          </Text>
          <StateBadge of="severity" state={row.severity} />
        </Group>
        <Anchor component={Link} to={`/cases/${row.id}`} size="sm" fw={550} c="inherit" lineClamp={3} className={classes.tileLink}>
          {row.title}
        </Anchor>
        <Text size="xs" c="dimmed">
          {t(`kind.${row.kind}`)}
        </Text>
        <Group justify="space-between" gap={6} wrap="nowrap">
          <Text size="xs" c="dimmed" truncate>
            {row.owner?.name}
          </Text>
          <Text size="xs">
            <Due row={row} />
          </Text>
        </Group>
      </Stack>
    </Card>
  );
}
