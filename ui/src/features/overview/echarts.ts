// Only the chart and the parts that the overview uses.
import { RadarChart } from 'echarts/charts';
import { LegendComponent, RadarComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

use([RadarChart, LegendComponent, RadarComponent, TooltipComponent, CanvasRenderer]);

export { init };
