// What a dashboard of ours may hold: Grafana's own types, narrowed to the panels in use. ./check holds the dashboards to it.
import type { AnnotationQuery, Dashboard, DataSourceRef, FieldConfig, FieldConfigSource, Panel, RowPanel, TableFieldOptions } from '@grafana/schema';
import type * as heatmap from '@grafana/schema/dist/esm/raw/composable/heatmap/panelcfg/x/HeatmapPanelCfg_types.gen';
import type * as stat from '@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
import type * as table from '@grafana/schema/dist/esm/raw/composable/table/panelcfg/x/TablePanelCfg_types.gen';
import type * as timeseries from '@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';

/** A type as JSON writes it: its enums are their values. */
type Json<T> = T extends string ? `${T}` : T extends (infer Element)[] ? Json<Element>[] : T extends object ? { [Key in keyof T]: Json<T[Key]> } : T;

/** A query of the Prometheus data source. */
interface Query {
  refId: string;
  datasource: DataSourceRef;
  expr: string;
  legendFormat: string;
  format?: 'time_series' | 'table' | 'heatmap';
  instant?: boolean;
}

/** A panel of one kind, with that kind's own options. */
type PanelOf<Kind extends string, Options, Custom> = Omit<Panel, 'type' | 'title' | 'description' | 'options' | 'fieldConfig' | 'targets'> & {
  type: Kind;
  title: string;
  description: string;
  options: Partial<Options>;
  fieldConfig: Omit<FieldConfigSource, 'defaults'> & { defaults: Omit<FieldConfig, 'custom'> & { custom?: Custom } };
  targets: Query[];
};

type OurPanel =
  | PanelOf<'timeseries', timeseries.Options, timeseries.FieldConfig>
  | PanelOf<'stat', stat.Options, never>
  | PanelOf<'table', table.Options, Partial<TableFieldOptions>>
  | PanelOf<'heatmap', heatmap.Options, heatmap.FieldConfig>
  | RowPanel;

/** Marks on all time series, by a query of the Prometheus data source. */
type OurAnnotation = Omit<AnnotationQuery, 'target'> & { target: Query; titleFormat: string };

export type OurDashboard = Json<
  Omit<Dashboard, 'annotations' | 'panels'> & { uid: string; title: string; annotations: { list: OurAnnotation[] }; panels: OurPanel[] }
>;
